/** Something that happened, as the harness saw it. */
export interface Note {
  /** Milliseconds since the epoch. */
  at: number;
  kind: 'run' | 'fault' | 'process' | 'sender';
  text: string;
}

/** What happened in a run, in order: enough to read a seed that failed. */
export interface Timeline {
  readonly notes: readonly Note[];
  add(kind: Note['kind'], text: string): void;
}

/** @param onNote told of each note at once */
export function createTimeline(onNote: (note: Note) => void): Timeline {
  const notes: Note[] = [];
  return {
    notes,
    add(kind, text) {
      const note = { at: Date.now(), kind, text };
      notes.push(note);
      onNote(note);
    },
  };
}
