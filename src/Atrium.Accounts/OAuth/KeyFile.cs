namespace Atrium.Accounts.OAuth;

/// <summary>A secret in a file that only the house's own user may read.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the secret, or makes it. Whoever comes second when two processes start at once gets the first one's.</summary>
    public static byte[] ReadOrMake(string path, Func<byte[]> make)
    {
        if (!File.Exists(path)) Make(path, make());
        return File.ReadAllBytes(path);
    }

    /// <summary>Writes a secret whole or not at all; leaves one that is already there.</summary>
    public static void Make(string path, byte[] secret)
    {
        var half = path + "." + Path.GetRandomFileName();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(half, options))
        {
            stream.Write(secret);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(half, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(half);
        }
    }
}
