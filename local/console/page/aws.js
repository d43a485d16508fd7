/** Asks the server behind this page, which asks the local AWS. */
export async function ask(path, request = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error);
  return value;
}
