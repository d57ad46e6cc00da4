namespace Atrium.Kernel.Dav;

/// <summary>A resource whose properties can be asked.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Href">The address as the client wrote it, or as we write it.</param>
/// <param name="Collection">The list it is, or is in.</param>
/// <param name="Object">The object it is.</param>
/// <param name="Person">The member it is, where it is not the caller.</param>
internal sealed record DavNode(DavPath Path, string Href, DavCollection? Collection = null, DavObject? Object = null, DavPerson? Person = null)
{
    public static DavNode Of(DavPath path) => new(path, path.Href);

    public static DavNode Of(DavPath home, DavCollection collection) => Of(new DavPath(DavPlace.Collection, home.Handle, collection.Name)) with { Collection = collection };

    public static DavNode Of(DavPath within, DavCollection collection, DavObject item, string? href = null) =>
        new(new DavPath(DavPlace.Object, within.Handle, within.Collection, item.Name), href ?? DavPath.ObjectOf(within.Handle, within.Collection, item.Name), collection, item);
}
