// What the page may do: run its own two scripts, known by their hash, and nothing else.

/** The Content-Security-Policy of a page with exactly these inline scripts. */
export async function contentPolicy(scripts: readonly string[]): Promise<string> {
  const hashes = await Promise.all(scripts.map(async (script) => `'sha256-${await sha256(script)}'`));
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
