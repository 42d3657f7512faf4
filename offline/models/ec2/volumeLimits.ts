/** Lowest and highest. */
type Range = readonly [number, number];

interface VolumeLimits {
  /** GiB. */
  size: Range;
  /** Provisioned I/O operations a second, where they can be asked for. */
  iops?: Range;
  /** Most of them a GiB. */
  perGib?: number;
}

/** By the volume's type. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
const limits: Record<string, VolumeLimits> = {
  gp2: { size: [1, 16384] },
  gp3: { size: [1, 65536], iops: [3000, 80000], perGib: 500 },
  io1: { size: [4, 16384], iops: [100, 64000], perGib: 50 },
  io2: { size: [4, 65536], iops: [100, 256000], perGib: 1000 },
  sc1: { size: [125, 16384] },
  st1: { size: [125, 16384] },
  standard: { size: [1, 1024] },
};

/** MiB/s that gp3 gives for each of its I/O operations a second, at most. */
const THROUGHPUT_PER_IOPS = 0.25;
const BASELINE_IOPS = 3000;

interface Wish {
  type: string;
  size: number | undefined;
  iops: number | undefined;
  throughput: number | undefined;
}

interface Excess {
  about: "size" | "iops" | "throughput";
  message: string;
}

/** What a volume of this type can't be given; undefined where all is within its limits, or not known. */
export function beyondVolume({ type, size, iops, throughput }: Wish): Excess | undefined {
  const { size: sizes, iops: rates, perGib = Infinity } = limits[type] ?? {};
  if (size !== undefined && sizes !== undefined && size < sizes[0])
    return {
      about: "size",
      message: `Volume of ${size}GiB is too small for volume type ${type}; minimum is ${sizes[0]}GiB`,
    };
  if (size !== undefined && sizes !== undefined && size > sizes[1])
    return {
      about: "size",
      message: `Volume of ${size}GiB is too large for volume type ${type}; maximum is ${sizes[1]}GiB`,
    };
  if (iops !== undefined && rates !== undefined) {
    const [low, high] = rates;
    if (iops < low) return { about: "iops", message: `Volume iops of ${iops} is too low; minimum is ${low}.` };
    if (iops > high) return { about: "iops", message: `Volume iops of ${iops} is too high; maximum is ${high}.` };
    if (size !== undefined && iops > low && iops > size * perGib)
      return {
        about: "iops",
        message: `Iops to volume size ratio of ${(iops / size).toFixed(6)} is too high; maximum is ${perGib}`,
      };
  }
  if (throughput !== undefined && throughput > THROUGHPUT_PER_IOPS * (iops ?? BASELINE_IOPS))
    return {
      about: "throughput",
      message: "Throughput (MiBps) to iops ratio is too high; maximum is 0.250000 MiBps per iops",
    };
  return undefined;
}
