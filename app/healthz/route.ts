/** → 200 while the console takes requests: what a supervisor asks before it starts the process again. The database is not asked. */
export const GET = (): Response => new Response("ok\n", { headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" } });
export const dynamic = "force-dynamic";
