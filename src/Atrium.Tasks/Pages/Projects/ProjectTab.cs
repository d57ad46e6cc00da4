namespace Atrium.Tasks;

/// <summary>One of the ways to see a project.</summary>
internal enum ProjectTab
{
    Board,
    List,
    Table,
    Calendar,
    History,
    Settings,
}
