using Markdig;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Atrium.Kernel.Text;

/// <summary>Teaches Markdig names, and check boxes that say what they are.</summary>
internal sealed class NameExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Insert(0, new NameParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.Insert(0, new NameRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTaskListRenderer>(new CheckBoxRenderer());
    }

    private sealed class CheckBoxRenderer : HtmlObjectRenderer<TaskList>
    {
        protected override void Write(HtmlRenderer renderer, TaskList box) => renderer.Write(box.Checked
            ? "<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"Done\">"
            : "<input type=\"checkbox\" disabled=\"\" aria-label=\"To do\">");
    }
}
