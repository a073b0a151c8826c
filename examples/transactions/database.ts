import { Pool as Connections } from "pg";
import { dependency } from "madeleine";

/** Where the database is: `DATABASE_URL`, else the one on this machine. */
export const databaseUrl = process.env["DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";

/** Connections for all requests: opened with the application, ended when it closes. */
export const Pool = dependency(
  {},
  async function* () {
    const pool = new Connections({ connectionString: databaseUrl, max: 5, connectionTimeoutMillis: 2_000 });
    await pool.query("select 1"); // a database that is down is an application that does not start
    try {
      yield pool;
    } finally {
      await pool.end();
    }
  },
  { scope: "app", name: "Pool" },
);

/**
 * One transaction for each request, shared by all that need it. It is committed when the handler has returned and before the client
 * hears of it, so that a commit that fails is a 500; whatever was thrown rolls it back.
 */
export const Transaction = dependency(
  { pool: Pool },
  async function* ({ pool }) {
    const connection = await pool.connect();
    try {
      await connection.query("begin");
      yield connection;
      await connection.query("commit");
    } catch (error) {
      await connection.query("rollback");
      throw error;
    } finally {
      connection.release();
    }
  },
  { name: "Transaction" },
);
