/** Where progress is written: standard error, or a test's recorder. */
export interface ProgressStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

const TERMINAL_INTERVAL_MS = 500;
const LOG_INTERVAL_MS = 30_000;

function elapsed(since: number): string {
  const seconds = Math.floor((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Shows that long work goes on: on a terminal one line that is rewritten, elsewhere (CI logs) one at the start and one every
 * 30 seconds. `work` is given a function that says how far it is.
 */
export async function withProgress<Result>(
  stream: ProgressStream,
  title: string,
  work: (detail: (text: string) => void) => Promise<Result>,
): Promise<Result> {
  const began = Date.now();
  const terminal = stream.isTTY === true;
  let detail = "";
  const show = (): void => {
    const line = [title, elapsed(began), detail].filter((part) => part !== "").join("  ");
    stream.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
  };
  show();
  const timer = setInterval(show, terminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS);
  try {
    return await work((text) => {
      detail = text;
    });
  } finally {
    clearInterval(timer);
    if (terminal) stream.write("\r\x1b[K");
  }
}
