/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks types, over the whole repository and not only what Next sees.
  typescript: { ignoreBuildErrors: true },
  // The operations' descriptions bring the code that runs them along; what only that needs stays out of the browser.
  turbopack: { resolveAlias: { "fast-xml-parser": { browser: "./lib/operations/no-xml-parser.ts" } } },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "X-Frame-Options", value: "DENY" },
      ],
    },
    // Who has the link's address may come in: no other page is told of it.
    ...["/invitation/:path*", "/reset-password/:path*"].map((source) => ({ source, headers: [{ key: "Referrer-Policy", value: "no-referrer" }] })),
    // What is no page runs nothing; pages have a policy of their own (proxy.ts).
    ...["/api/:path*", "/healthz", "/readyz", "/metrics", "/v20180820"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    })),
  ],
  // They load files of their own at run time, which a bundle would not find.
  serverExternalPackages: ["pg", "pg-boss", "@prisma/client", "@prisma/adapter-pg", "better-auth", "pino", "prom-client"],
};
