using Atrium.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Atrium.Web;

/// <summary>Shows HTML that the text pipeline made. The one place where markup goes into a page as it is.</summary>
public sealed class MarkdownView : ComponentBase
{
    [Parameter, EditorRequired] public SafeHtml Html { get; set; }

    /// <summary>For long reading: serif, larger.</summary>
    [Parameter] public bool Read { get; set; }

    /// <summary>Added to <c>prose</c>.</summary>
    [Parameter] public string? Class { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", string.Join(' ', new[] { "prose", Read ? "read" : null, Class }.Where(c => c is not null)));
#pragma warning disable RS0030 // A SafeHtml is clean by its type; every other markup goes through here.
        builder.AddContent(2, new MarkupString(Html.Value));
#pragma warning restore RS0030
        builder.CloseElement();
    }
}
