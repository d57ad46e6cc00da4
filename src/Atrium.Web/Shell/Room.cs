namespace Atrium.Web;

/// <summary>A room in the rail. A module registers its own as a singleton.</summary>
/// <param name="Name">The module's name, such as <c>tasks</c>: chooses the hue of its door.</param>
/// <param name="Icon">A symbol of <c>icons.svg</c> without the <c>i-</c>.</param>
/// <param name="Order">Place in the rail, smallest first.</param>
public sealed record Room(string Name, string Title, string Href, string Icon, int Order);

/// <summary>Something that the Create menu and the palette offer. A module registers its own as singletons.</summary>
/// <param name="Title">With the verb left out: “Task”, “Project”.</param>
/// <param name="Room">The name of the room it is made in.</param>
public sealed record CreateEntry(string Title, string Href, string Icon, string Room);
