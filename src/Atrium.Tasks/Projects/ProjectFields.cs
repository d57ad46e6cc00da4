using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>The fields of a project that are sent to change it, for the API's description. A field left out stays as it is.</summary>
/// <param name="Key">A letter and one to nine more letters or digits; the start of its tasks' keys. The old key goes on leading to them.</param>
/// <param name="Color"><c>#rrggbb</c>.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Visibility">Who may read it beside its members.</param>
/// <param name="Parent">The project it hangs under; null takes it out.</param>
internal sealed record ProjectFields(string? Title = null, string? Key = null, string? Color = null, string? Description = null, Visibility? Visibility = null, Id<Project>? Parent = null);
