namespace Atrium.Web;

/// <summary>Names of places in the frame that a page may fill with <c>SectionContent</c>.</summary>
public static class Slots
{
    /// <summary>Beside the page, at the end edge: an <c>aside</c> of class <c>panel</c>. On narrow screens it is a sheet.</summary>
    public const string Panel = "panel";
}
