/** Where better-auth finds the address of whoever asks: set by our own route, which lets nobody else's value through. */
export const clientHeader = "x-longshore-client";
