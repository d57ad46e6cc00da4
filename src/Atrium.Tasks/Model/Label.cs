using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A coloured word of a project.</summary>
internal sealed class Label
{
    private static readonly string[] Palette = ["#4f46e5", "#0d9488", "#b45309", "#be185d", "#4d7c0f", "#0369a1", "#b91c1c", "#7e22ce", "#475569", "#a16207"];

    private Label() { }

    internal Label(Id<Project> project, string name, string color)
    {
        (Id, ProjectId) = (Id<Label>.New(), project);
        Rename(name);
        Paint(color);
    }

    public Id<Label> Id { get; private set; }

    public Id<Project> ProjectId { get; private set; }

    public string Name { get; private set; } = "";

    public string Color { get; private set; } = "";

    /// <summary>A colour for the nth label of a project, when none was chosen.</summary>
    public static string ColorFor(int nth) => Palette[nth % Palette.Length];

    internal void Rename(string name) => Name = Limits.Line(name, 60, "name").Replace(',', ' ');

    internal void Paint(string color) => Color = Limits.Color(color);
}
