using Atrium.Kernel;
using Microsoft.AspNetCore.Components;

namespace Atrium.Web;

/// <summary>What every field of a form shares: its name, its words, what was typed and what is wrong with it.</summary>
public abstract class FieldBase : KitComponent
{
    [CascadingParameter] public Form? Owner { get; set; }

    /// <summary>As the form sends it, and as <see cref="FieldError.Field"/> names it.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>Below the field: a limit, an example.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>Says so after the label. What is not marked is required.</summary>
    [Parameter] public bool Optional { get; set; }

    [Parameter] public bool Disabled { get; set; }

    protected FormState State => Owner?.State ?? FormState.Fresh;

    protected string Id => Owner?.IdOf(Name) ?? FieldId.Of(null, Name);

    protected FieldError? Error => State.ErrorOf(Name);

    protected string? Invalid => Error is null ? null : "true";

    /// <summary>Ties hint and error to the control.</summary>
    protected string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => Id + "-hint",
        (null, _) => Id + "-error",
        _ => $"{Id}-error {Id}-hint",
    };

    /// <summary>Whether the browser should insist: boxes and lists never, what is optional never.</summary>
    protected bool Required => !Optional && !Disabled;

    /// <summary>Text as a textarea takes it: a browser leaves out a line end that comes first.</summary>
    protected static string? Lines(string? text) => text is ['\n' or '\r', ..] ? "\n" + text : text;
}
