// Marks the element that has the focus as reached, and tells whether all are.
() => {
  const { dataset } = document.activeElement;
  if (dataset.reached) dataset.reached = "yes";
  return !document.querySelector("[data-reached=no]");
}
