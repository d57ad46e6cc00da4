using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Where a task is found, and what it is called as a thing.</summary>
internal static class TaskPath
{
    public const string Kind = "task";

    public static string Of(string? key, long number, Id<TaskItem> id) => $"/tasks/t/{(key is null ? id.ToString() : $"{key}-{number}")}";
}

/// <summary>Where a project is found, and under which topic it is live.</summary>
internal static class ProjectPath
{
    public const string Kind = "project";

    public static string Of(Project project) => $"/tasks/p/{project.Key ?? project.Id.ToString()}";

    public static string Topic(Id<Project> project) => $"project:{project}";
}
