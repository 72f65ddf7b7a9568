/** How long the model check looks for a counterexample. */
export interface ModelConfig {
  /** Time for each of its parts (s); the mutants' part ends when each has been found. */
  seconds: number;
  /** Repeats what a failed run printed. */
  seed: number | undefined;
}

const DEFAULT_SECONDS = 10;

/** Reads MODEL_SECONDS and MODEL_SEED. */
export function readModelConfig(): ModelConfig {
  const seed = process.env['MODEL_SEED'];
  return {
    seconds: Number(process.env['MODEL_SECONDS'] || DEFAULT_SECONDS),
    seed: seed === undefined ? undefined : Number(seed),
  };
}
