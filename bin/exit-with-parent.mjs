// Preloaded into processes that know nothing of the launcher: they must not outlive it, however it ends.
process.on("disconnect", () => process.exit(0));
