// Hot spots in sentences: each code of the rules has one, and each sentence a rule.

import { describe, expect, it } from 'vitest';
import { hotSpotCodes as raised } from '../../src/profile/operators/index.js';
import { describeHotSpot, hotSpotCodes } from '../../src/report/words/index.js';

const values = {
  operator: 'ScatterElements',
  share: 78.2,
  calls: 12,
  node: '/layer/scatter',
  shape: 'float32[512,64]',
  threads: 1,
  each: 0.0021,
  outside: 0.4,
  copies: 3,
  nodes: 2,
  operators: 'Unique, NonZero',
};

describe('hot spots', () => {
  it('have words for every code, and no words for others', () => {
    expect([...hotSpotCodes].sort()).toEqual([...raised].sort());
  });

  it.each(raised)('%s is a sentence with advice, with all its values', (code) => {
    const { text, advice } = describeHotSpot({ code, values });
    expect(text).toMatch(/^[0-9A-Z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
    expect(`${text} ${advice}`).not.toMatch(/\?|undefined|null|NaN|\[object/);
  });

  it('say what a reader looks for', () => {
    const { text, advice } = describeHotSpot({ code: 'serial-scatter', values });
    expect(text).toBe(
      "78.2\u202f% of the operators' time is in ScatterElements: ONNX Runtime runs it on one thread, element by element.",
    );
    expect(advice).toMatch(/Sort the edges.*MatMul.*ScatterND.*one thread only/);
  });

  it('advise more threads only where there is one', () => {
    const advice = (threads: number) =>
      describeHotSpot({ code: 'dense-products', values: { ...values, threads } }).advice;
    expect(advice(1)).toContain('--threads 2');
    expect(advice(4)).not.toContain('--threads');
  });

  it('agree in number with the operators that they name', () => {
    const text = (operator: string) =>
      describeHotSpot({ code: 'data-movement', values: { ...values, operator } }).text;
    expect(text('Concat')).toContain('Concat, which moves data and computes nothing');
    expect(text('Concat, Slice')).toContain('Concat, Slice, which move data and compute nothing');
  });

  it('without words are shown with their values', () => {
    expect(describeHotSpot({ code: 'new-thing', values: { share: 3 } })).toEqual({
      text: 'new-thing: {"share":3}',
      advice: null,
    });
    expect(describeHotSpot({ code: 'constructor', values: {} }).advice).toBeNull();
  });
});
