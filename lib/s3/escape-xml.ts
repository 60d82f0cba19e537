const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;" };

export const escapeXml = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => entities[character] as string);
