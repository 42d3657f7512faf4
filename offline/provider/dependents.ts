import { AwsError } from "../aws-error";

const PAUSE_MS = 200;
const MOST_ATTEMPTS = 150;
/** A deletion that seems alone may only be the first of several that the engine sends at once. */
const ATTEMPTS_ALONE = 5;

/**
 * Deletions that wait for others. Programs don't declare every order that AWS wants (an internet gateway goes after the addresses
 * mapped through it), so the real provider repeats a deletion that is refused with `DependencyViolation`. Here it is repeated while
 * another deletion is under way, half a minute at most; without one for a second nothing would change.
 */
export class Dependents {
  private underWay = 0;

  /** Runs `attempt` until it isn't refused for what depends on it. @throws AwsError of the last attempt. */
  async gone(attempt: () => void): Promise<void> {
    this.underWay += 1;
    try {
      for (let attempts = 1; !this.succeeds(attempt, attempts); attempts += 1) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } finally {
      this.underWay -= 1;
    }
  }

  private succeeds(attempt: () => void, attempts: number): boolean {
    try {
      attempt();
      return true;
    } catch (error) {
      const depended = error instanceof AwsError && error.code === "DependencyViolation";
      if (!depended || attempts >= (this.underWay > 1 ? MOST_ATTEMPTS : ATTEMPTS_ALONE)) throw error;
      return false;
    }
  }
}
