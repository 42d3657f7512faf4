import { join, resolve } from "node:path";
import { projectRoot } from "./project-root";

/** Where everything lies that offline runs keep. Deleting it is starting anew. */
export interface Home {
  directory: string;
  /** The state, a backend of kind `file://`. */
  backend: string;
  /** What exists in the embedded AWS: `<world>/<project>/<stack>.json`. */
  world: string;
  /** PULUMI_HOME: no login and no selected stack of the user's is read or changed. */
  pulumi: string;
  /** Stack configurations with the encryption settings of offline runs: `<config>/<project>/Pulumi.<stack>.yaml`. */
  config: string;
}

/** `DEJIMA_HOME`, by default the git-ignored `.dejima` in the checkout. */
export function homeOf(env: NodeJS.ProcessEnv): Home {
  const chosen = env["DEJIMA_HOME"];
  const directory = chosen === undefined || chosen === "" ? join(projectRoot, ".dejima") : resolve(chosen);
  return {
    directory,
    backend: join(directory, "backend"),
    world: join(directory, "world"),
    pulumi: join(directory, "pulumi"),
    config: join(directory, "config"),
  };
}
