import { describe, expect, it } from 'vitest';
import { addressOf, addressText } from '../../src/forcefield/ipi/address.js';
import { thrownBy } from '../support/thrown.js';

describe('where a driver listens', () => {
  it('is a file as i-PI and ASE name it, or a host and a port', () => {
    expect(addressOf('unix:teacher')).toEqual({ kind: 'unix', name: 'teacher', path: '/tmp/ipi_teacher' });
    expect(addressOf('localhost:31415')).toEqual({ kind: 'tcp', host: 'localhost', port: 31415 });
    expect(addressOf('[::1]:31415')).toEqual({ kind: 'tcp', host: '::1', port: 31415 });
    expect(addressOf('*:1')).toEqual({ kind: 'tcp', host: '*', port: 1 });
  });

  it('is typed back as it was', () => {
    for (const text of ['unix:a-b_c.1', 'localhost:80', '[::1]:31415']) {
      const address = addressOf(text);
      expect(address && addressText(address)).toBe(text);
    }
  });

  it('is not a command, nor a port that there is not', () => {
    for (const text of ['lmp -in a:1', 'lmp', 'host:70000', 'host:', ':31415', '']) {
      expect(addressOf(text)).toBeNull();
    }
  });

  it('never leaves the folder of sockets', () => {
    for (const name of ['../etc/x', 'a/b', '', 'x'.repeat(200)]) {
      expect(thrownBy(() => addressOf(`unix:${name}`))).toMatchObject({ code: 'option-invalid' });
    }
  });
});
