namespace Atrium.Kernel.Modules;

/// <summary>Something that roles may be given or denied.</summary>
/// <param name="Key"><c>tasks.projects.create</c>.</param>
/// <param name="From">The lowest role that has it unless the administrator says otherwise.</param>
public sealed record Permission(string Key, string Title, string Module, Role From);

/// <summary>An OAuth scope: what an app may be allowed to do for a member.</summary>
/// <param name="Title">As the consent page says it: “See your tasks and projects”.</param>
public sealed record ApiScope(string Key, string Title);
