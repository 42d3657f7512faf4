import { migrations } from "../../../infra/database/migrations";
import { startPostgres, type Postgres } from "../database/postgres";

const PASSWORD = "between machines";

/** A real PostgreSQL with the platform's own schema, and example.com's accounts. */
export class AccountsDatabase {
  private stopped = false;

  private constructor(
    private readonly postgres: Postgres,
    public readonly name: string,
  ) {}

  /** `programs`: where PostgreSQL's are. */
  public static async start(programs: string): Promise<AccountsDatabase> {
    const postgres = await startPostgres(programs);
    const database = new AccountsDatabase(postgres, postgres.createDatabase());
    const schema = ["CREATE SCHEMA mail;", ...migrations().map(({ content }) => content)];
    postgres.query(database.name, schema.join("\n"));
    postgres.query(database.name, `ALTER ROLE dejima_accounts PASSWORD '${PASSWORD}'`);
    postgres.query(database.name, "INSERT INTO mail.domain (name) VALUES ('example.com')");
    return database;
  }

  /** As libpq reads it from a passfile. */
  public get passfile(): string {
    return `localhost:*:${this.name}:dejima_accounts:${PASSWORD}\n`;
  }

  public get port(): number {
    return this.postgres.port;
  }

  public get caFile(): string {
    return this.postgres.caFile;
  }

  public account(localPart: string, password: string, quotaBytes = 0): void {
    this.postgres.query(
      this.name,
      `INSERT INTO mail.account (local_part, domain, password, quota_bytes)
       VALUES ('${localPart}', 'example.com', '${password}', ${quotaBytes})`,
    );
  }

  public stop(): void {
    if (!this.stopped) this.postgres.stop();
    this.stopped = true;
  }
}
