namespace Atrium.Kernel.Modules;

/// <summary>The data folder and what lies in it.</summary>
public sealed record HousePaths(string DataFolder)
{
    public string Database => Path.Combine(DataFolder, "atrium.db");

    public string Files => Path.Combine(DataFolder, "files");

    public string MailDrop => Path.Combine(DataFolder, "mail");

    /// <summary>Keys that must not lie in the database: cookie protection, app passwords, push.</summary>
    public string Keys => Path.Combine(DataFolder, "keys");
}
