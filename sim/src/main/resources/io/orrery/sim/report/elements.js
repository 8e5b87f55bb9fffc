// Making elements.

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  for (const child of children) {
    made.append(child);
  }
  return made;
}

function link(text, action) {
  const made = element('a', '', text);
  made.tabIndex = 0;
  made.addEventListener('click', (e) => {
    e.stopPropagation();
    action();
  });
  made.addEventListener('keydown', (e) => e.key === 'Enter' && action());
  return made;
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = element('textarea', '', text);
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  if (button) {
    const before = button.textContent;
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = before), 1200);
  }
}
