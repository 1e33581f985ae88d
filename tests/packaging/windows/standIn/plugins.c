/*
 * Stand-ins for the plug-ins of electron-builder's NSIS bundle, which no registry of packages has: just enough of each that
 * its script compiles and runs silently. One source for all; the compiled file is copied to each plug-in's name.
 * For tests only: a real installer takes the real plug-ins.
 */
#include <windows.h>

typedef struct stack {
  struct stack *next;
  WCHAR text[1];
} stack;

#define PLUGIN(name) __declspec(dllexport) void name(HWND parent, int size, WCHAR *variables, stack **top, void *extra)

static void pop(stack **top, WCHAR *into, int size) {
  stack *head = *top;
  into[0] = 0;
  if (!head) return;
  lstrcpynW(into, head->text, size);
  *top = head->next;
  GlobalFree(head);
}

static void push(stack **top, const WCHAR *text, int size) {
  stack *head = GlobalAlloc(GPTR, sizeof(stack) + size * sizeof(WCHAR));
  lstrcpynW(head->text, text, size);
  head->next = *top;
  *top = head;
}

#define MAX 8192
static WCHAR first[MAX], second[MAX];

/* What stands behind the program's name on the command line. */
static const WCHAR *arguments(void) {
  const WCHAR *at = GetCommandLineW();
  WCHAR end = *at == '"' ? '"' : ' ';
  if (end == '"') at++;
  while (*at && *at != end) at++;
  if (*at) at++;
  while (*at == ' ') at++;
  return at;
}

/* UAC: 0 elevates, 2 asks for an administrator, 3 for an inner instance. Wine's user is an administrator. */
PLUGIN(_) {
  pop(top, first, MAX);
  if (first[0] == '2') push(top, L"1", size);
  if (first[0] == '3') push(top, L"0", size);
}

/* StdUtils. A parameter is --name or /name. */
PLUGIN(TestParameter) {
  const WCHAR *at = arguments();
  BOOL isGiven = FALSE;
  pop(top, first, MAX);
  while (*at) {
    int length = 0, prefix = at[0] == '/' ? 1 : at[0] == '-' && at[1] == '-' ? 2 : 0;
    while (at[length] && at[length] != ' ') length++;
    if (prefix && CSTR_EQUAL == CompareStringOrdinal(at + prefix, length - prefix, first, -1, TRUE)) isGiven = TRUE;
    at += length;
    while (*at == ' ') at++;
  }
  push(top, isGiven ? L"true" : L"false", size);
}

PLUGIN(GetAllParameters) {
  pop(top, first, MAX);
  push(top, arguments(), size);
}

PLUGIN(GetParentPath) {
  int end;
  pop(top, first, MAX);
  for (end = lstrlenW(first); end > 0 && first[end] != '\\'; end--) continue;
  first[end] = 0;
  push(top, first, size);
}

/* A silent installer starts nothing. */
PLUGIN(ExecShellAsUser) {
  pop(top, first, MAX);
  pop(top, first, MAX);
  pop(top, first, MAX);
  push(top, L"not_available", size);
}

/* WinShell: what it does to shortcuts no test looks at. */
PLUGIN(SetLnkAUMI) {
  pop(top, first, MAX);
  pop(top, second, MAX);
}
PLUGIN(UninstShortcut) { pop(top, first, MAX); }
PLUGIN(UninstAppUserModelId) { pop(top, first, MAX); }

/* Nsis7z: by a real 7-Zip, into the current folder. */
PLUGIN(Extract) {
  static WCHAR line[3 * MAX];
  STARTUPINFOW startup = {sizeof startup};
  PROCESS_INFORMATION process;
  DWORD code = 1;
  pop(top, first, MAX);
  GetEnvironmentVariableW(L"DOORPLATE_TRIAL_7ZA", second, MAX);
  wsprintfW(line, L"\"%s\" x -y \"%s\"", second, first);
  if (CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &startup, &process)) {
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
  }
  if (code != 0) ExitProcess(97);
}
