/** One way to send a PutObjectTagging, with less or more of the engine in it. */
export interface Layer {
  /** @param done to be called once, when the answer has been read whole; throws are fatal */
  send(key: string, done: () => void): void;
  close(): Promise<void> | void;
}

export interface LayerLoad {
  endpoint: string;
  inFlight: number;
  tasks: number;
  accessKeyId: string;
  secretAccessKey: string;
}

export type OpenLayer = (load: LayerLoad) => Promise<Layer> | Layer;
