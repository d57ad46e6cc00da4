using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Modules;

namespace Atrium.Accounts.Setup;

/// <summary>
/// The one-time link that makes the first administrator. Only the key's hash lies in the data folder; each start prints a new key, and
/// the file goes with its use.
/// </summary>
internal sealed class SetupKey(HousePaths paths)
{
    private string File => Path.Combine(paths.Keys, "setup");

    public async Task<string> MakeAsync(CancellationToken ct)
    {
        var key = RandomKey.New();
        await System.IO.File.WriteAllTextAsync(File, RandomKey.Hash(key), ct);
        return key;
    }

    public bool Fits(string key) => System.IO.File.Exists(File) && CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(System.IO.File.ReadAllText(File)), Encoding.ASCII.GetBytes(RandomKey.Hash(key)));

    public void Forget() => System.IO.File.Delete(File);
}
