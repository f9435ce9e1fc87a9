// JUnit XML read back by a real parser: Python's expat, in a process of its own.

import { spawnSync } from 'node:child_process';

export interface XmlNode {
  readonly tag: string;
  readonly attributes: Record<string, string>;
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const program = `
import json, sys, xml.etree.ElementTree as tree
def node(e):
    return {"tag": e.tag, "attributes": e.attrib, "text": (e.text or ""), "children": [node(c) for c in e]}
print(json.dumps(node(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** @throws Error with the parser's own message for what is no XML */
export function readXml(text: string): XmlNode {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
