// A finding of the doctor and the words for it.

export interface FindingLike {
  readonly id: string;
  readonly state: 'ok' | 'limited' | 'unavailable';
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

export interface FindingWords {
  readonly subject: string;
  readonly text: string;
}

export type Sentence = (values: FindingLike['values'], state: FindingLike['state']) => FindingWords;
