// Marks the visible elements with an action as not reached yet, and tells their text.
() => [...document.querySelectorAll('.body cwdb-action')]
  .filter((action) => !action.parentElement.closest('cwdb-action'))
  .map((action) => action.previousElementSibling)
  .filter((element) => element.checkVisibility())
  .map((element) => { element.dataset.reached = 'no'; return element.textContent.trim().slice(0, 60); })
