let listens: () => void = () => undefined;

/** Fulfilled once somebody hears what is said. */
export const listening = new Promise<void>((done) => {
  listens = done;
});

/** For the toaster: what is said from now on is heard. */
export const startListening = (): void => listens();
