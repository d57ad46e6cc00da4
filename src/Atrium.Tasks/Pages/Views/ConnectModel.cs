namespace Atrium.Tasks;

/// <summary>What a phone is told to find the house.</summary>
public sealed class ConnectModel
{
    internal ConnectModel(Uri address, string handle, string? password) => (Address, Handle, Password) = (address, handle, password);

    internal Uri Address { get; }

    internal string Handle { get; }

    /// <summary>An app password just made: shown this once.</summary>
    internal string? Password { get; }

    /// <summary>Opens a CalDAV app on a phone with the address filled in.</summary>
    internal string AppLink => $"{(Address.Scheme == Uri.UriSchemeHttps ? "caldavs" : "caldav")}://{Address.Authority}{Address.AbsolutePath}";
}
