// Two atoms by themselves, as spectroscopy knows them: distance in Å and well depth in eV (Huber & Herzberg, Constants of
// Diatomic Molecules, 1979; argon: Aziz, J. Chem. Phys. 99, 4518). First those of which models know most.

export interface Diatomic {
  readonly numbers: readonly [number, number];
  readonly distance: number;
  readonly depth: number;
}

export const diatomics: readonly Diatomic[] = [
  { numbers: [7, 7], distance: 1.098, depth: 9.9 },
  { numbers: [6, 8], distance: 1.128, depth: 11.2 },
  { numbers: [1, 1], distance: 0.741, depth: 4.75 },
  { numbers: [8, 8], distance: 1.208, depth: 5.2 },
  { numbers: [1, 8], distance: 0.97, depth: 4.6 },
  { numbers: [1, 6], distance: 1.12, depth: 3.65 },
  { numbers: [14, 14], distance: 2.246, depth: 3.24 },
  { numbers: [8, 14], distance: 1.51, depth: 8.3 },
  { numbers: [18, 18], distance: 3.758, depth: 0.0123 },
  { numbers: [9, 9], distance: 1.412, depth: 1.66 },
  { numbers: [15, 15], distance: 1.893, depth: 5.08 },
  { numbers: [16, 16], distance: 1.889, depth: 4.41 },
  { numbers: [17, 17], distance: 1.988, depth: 2.51 },
  { numbers: [1, 9], distance: 0.917, depth: 6.12 },
  { numbers: [1, 17], distance: 1.275, depth: 4.62 },
  { numbers: [11, 17], distance: 2.361, depth: 4.3 },
  { numbers: [3, 3], distance: 2.673, depth: 1.06 },
  { numbers: [11, 11], distance: 3.079, depth: 0.74 },
  { numbers: [29, 29], distance: 2.22, depth: 2.05 },
  { numbers: [47, 47], distance: 2.53, depth: 1.67 },
  { numbers: [79, 79], distance: 2.472, depth: 2.31 },
];
