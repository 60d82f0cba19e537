/** Works through a list with at most `lanes` at a time; the first error ends it. */
export async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items.values();
  let failed = false;
  const lane = async () => {
    for (const item of iterator) {
      if (failed) return;
      await work(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } catch (error) {
    failed = true;
    throw error;
  }
}
