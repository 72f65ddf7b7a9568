import { useEffect, useState } from 'react';
import { openStream, type StreamState } from './stream.ts';

export function useStream(): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  useEffect(() => openStream(setState), []);
  return state;
}
