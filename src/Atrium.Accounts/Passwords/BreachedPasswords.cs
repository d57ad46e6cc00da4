using System.Collections.Frozen;
using Atrium.Kernel.Modules;

namespace Atrium.Accounts.Passwords;

/// <summary>
/// The passwords that attackers try first: the list that comes with the house, or a longer one that the administrator put into the data
/// folder as <c>breached-passwords.txt</c>, one a line. Also refuses what is one of them dressed up: other case, digits for letters,
/// years and signs at the ends, the same word or character over and over, runs of the keyboard.
/// </summary>
internal sealed class BreachedPasswords
{
    public const string FileName = "breached-passwords.txt";
    private const string BuiltIn = "Atrium.Accounts.Passwords.common.txt";
    private static readonly string[] Runs = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "0123456789", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];

    private readonly FrozenSet<string> _known;

    public BreachedPasswords(HousePaths paths)
    {
        var longer = Path.Combine(paths.DataFolder, FileName);
        using var reader = File.Exists(longer) ? File.OpenText(longer) : new StreamReader(typeof(BreachedPasswords).Assembly.GetManifestResourceStream(BuiltIn)!);
        var known = new HashSet<string>();
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                known.Add(line.Trim().ToLowerInvariant());
        _known = known.ToFrozenSet();
    }

    public bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        if (_known.Contains(lower)) return true;
        var plain = Undressed(lower);
        var core = lower.Trim([.. "0123456789!?.,;:-_*#$&+=%@ "]);
        return _known.Contains(plain) || _known.Contains(core) || _known.Contains(Undressed(core)) || IsRepeated(lower) || IsRun(lower) || IsRun(core.Length >= 6 ? core : lower);
    }

    private static string Undressed(string text) => text
        .Replace('0', 'o').Replace('1', 'l').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't').Replace('@', 'a').Replace('$', 's').Replace('!', 'i');

    // The same few characters or a known word, again and again.
    private bool IsRepeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length != 0) continue;
            var part = text[..length];
            if ((length <= 4 || _known.Contains(part)) && Enumerable.Range(0, text.Length / length).All(i => text.AsSpan(i * length, length).SequenceEqual(part))) return true;
        }

        return false;
    }

    private static bool IsRun(string text) => text.Length >= 6 && Runs.Any(run =>
        Doubled(run).Contains(text, StringComparison.Ordinal) || Doubled(new string([.. run.Reverse()])).Contains(text, StringComparison.Ordinal));

    private static string Doubled(string run) => run + run;
}
