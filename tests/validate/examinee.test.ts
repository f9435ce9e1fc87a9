// A program whose own input names the atoms: examined on those, and started anew where it ended or where atoms leap.

import { expect, it } from 'vitest';
import { buildSystem } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';
import { examinedAll, named } from '../support/examined.js';
import { lammpsClient } from '../support/lone-client.js';
import { lammps } from '../support/peers.js';

it.skipIf(!lammps)(
  'LAMMPS passes what it can be asked, and the rest is skipped',
  { timeout: 60_000 },
  async () => {
    const system = buildSystem('ar108');
    const shape = { cutoff: 7, epsilon: 0.0104, sigma: 3.405 };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of LAMMPS
    const command = lammpsClient(temporaryFolder(), system, '${socket}', shape);
    const make = named(`ipi:${command.join(' ')} -var socket {name}`);
    const ids = [
      'rotation',
      'inversion',
      'permutation',
      'second-size',
      'periodic-images',
      'unknown-element',
      'net-force',
    ];
    const found = await examinedAll(make, { ids, system });
    expect(Object.fromEntries(found.map(({ id, status, values }) => [id, values.reason ?? status]))).toEqual({
      rotation: 'pass',
      inversion: 'pass',
      permutation: 'pass',
      'second-size': 'fixed-atoms',
      'periodic-images': 'structure-invalid',
      'unknown-element': 'fixed-atoms',
      'net-force': 'pass',
    });
  },
);
