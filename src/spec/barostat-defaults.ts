// What a barostat takes where nothing is said. Apart from the schema of a case, which workers do without.

/**
 * What NPT takes where nothing is said. The compressibility is that of water at 300 K and 1 bar, 4.5e-5/bar (Kell, J. Chem.
 * Eng. Data 20, 97, 1975): of a stiff crystal the volume then follows faster than the time says, and stays as right.
 */
export const barostatDefaults = { pressure: 0, barostatTime: 1000, compressibility: 0.45 } as const;
