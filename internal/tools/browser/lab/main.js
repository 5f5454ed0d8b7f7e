// JupyterLab’s notebook with nothing around it, as JupyterLab 4 and Notebook 7 have it:
// the cells, their outputs, the connection with the kernel. The page is told in its
// address which notebook to open, and gives tests the panel as "lab".
import "@jupyterlab/theme-light-extension/style/variables.css";
import "@jupyterlab/notebook/style/index.js";
import "@jupyterlab/docmanager/style/index.js";
import { PageConfig } from "@jupyterlab/coreutils";
import { CodeMirrorEditorFactory, CodeMirrorMimeTypeService, EditorExtensionRegistry, EditorLanguageRegistry, EditorThemeRegistry, ybinding } from "@jupyterlab/codemirror";
import { DocumentManager } from "@jupyterlab/docmanager";
import { DocumentRegistry } from "@jupyterlab/docregistry";
import { createMarkdownParser } from "@jupyterlab/markedparser-extension";
import { NotebookActions, NotebookModelFactory, NotebookPanel, NotebookWidgetFactory } from "@jupyterlab/notebook";
import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import { ServiceManager } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";

const query = new URLSearchParams(location.search);
for (const [name, value] of Object.entries({ baseUrl: location.origin + "/", wsUrl: location.origin.replace("http", "ws") + "/", token: query.get("token"), terminalsAvailable: "false" }))
  PageConfig.setOption(name, value);

const languages = new EditorLanguageRegistry();
EditorLanguageRegistry.getDefaultLanguages().forEach(l => languages.addLanguage(l));
const themes = new EditorThemeRegistry();
EditorThemeRegistry.getDefaultThemes().forEach(t => themes.addTheme(t));
const extensions = new EditorExtensionRegistry();
EditorExtensionRegistry.getDefaultExtensions({ themes }).forEach(e => extensions.addExtension(e));
extensions.addExtension({ name: "shared-model-binding", factory: ({ model }) => EditorExtensionRegistry.createImmutableExtension(ybinding({ ytext: model.sharedModel.ysource, undoManager: model.sharedModel.undoManager ?? undefined })) });
const editors = new CodeMirrorEditorFactory({ extensions, languages });

const manager = new ServiceManager();
manager.ready.then(async () => {
  const rendermime = new RenderMimeRegistry({ initialFactories: standardRendererFactories, markdownParser: createMarkdownParser(languages) });
  const registry = new DocumentRegistry();
  const documents = new DocumentManager({ registry, manager, opener: { open: () => {} } });
  registry.addModelFactory(new NotebookModelFactory({}));
  registry.addWidgetFactory(new NotebookWidgetFactory({
    name: "Notebook", modelName: "notebook", fileTypes: ["notebook"], defaultFor: ["notebook"], preferKernel: true, canStartKernel: true,
    rendermime, mimeTypeService: new CodeMirrorMimeTypeService(languages),
    contentFactory: new NotebookPanel.ContentFactory({ editorFactory: editors.newInlineEditor }),
  }));
  const panel = documents.open(query.get("notebook"));
  Widget.attach(panel, document.body);
  addEventListener("resize", () => panel.update());
  await panel.context.ready;
  await panel.sessionContext.ready;
  globalThis.lab = { panel, NotebookActions };
});
