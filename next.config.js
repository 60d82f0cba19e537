/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks types, over the whole repository and not only what Next sees.
  typescript: { ignoreBuildErrors: true },
  // They load files of their own at run time, which a bundle would not find.
  serverExternalPackages: ["pg", "pg-boss", "@prisma/client", "@prisma/adapter-pg", "better-auth", "pino"],
};
