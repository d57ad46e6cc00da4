using Atrium.Accounts.Data;
using Atrium.Accounts.Passwords;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>The fifty others of the demo's co-op, who move in once the house is open.</summary>
internal sealed class DemoCrowd(AccountsDb db, MemberRegistry registry, PasswordBook passwords) : IDemoData
{
    private static readonly string[] People =
    [
        "Aiko Tanaka", "Alma Richter", "Amir Haddad", "Anouk Peeters", "Arne Solberg", "Bela Toth", "Bruno Costa", "Carla Mendes", "Chidi Eze", "Dana Novak", "Darya Petrova", "Edda Krause", "Elif Demir", "Emil Bauer",
        "Enzo Ricci", "Erik Nyman", "Fanny Laurent", "Felix Auer", "Freya Holm", "Gabor Szabo", "Gina Moretti", "Hana Dvorak", "Henrik Lund", "Ilse Wagner", "Imran Malik", "Ivana Horvat", "Jakub Zielinski", "Jana Pospisil",
        "Kaya Arslan", "Klara Vogt", "Lars Berg", "Leila Farouk", "Lena Fuchs", "Luca Romano", "Maja Kovac", "Marek Wolski", "Mira Shapiro", "Nadia Rahman", "Niko Papadakis", "Nora Byrne", "Olga Ivanova", "Omar Saleh",
        "Paula Ferreira", "Rafael Ortiz", "Rosa Delgado", "Samir Khan", "Selma Aydin", "Tomas Havel", "Vera Lang", "Yusuf Kaplan",
    ];

    public int Order => 5;

    public async Task FillAsync(CancellationToken ct)
    {
        if (await db.Accounts.AnyAsync(a => a.Handle == "aiko", ct) || !await db.Accounts.AnyAsync(a => a.Handle == "jonas", ct)) return;
        // The password is on the sign in front of the house: one hash serves all of them.
        var hash = passwords.Hash(DemoMembers.Password);
        foreach (var name in People)
        {
            var handle = name.Split(' ')[0].ToLowerInvariant();
            await registry.AddAsync(registry.Draft(new(handle, $"{handle}@lindenau.example", null, name, Role.Member, "Europe/Berlin", "en-GB"), hash), onlyFirst: false, ct);
        }
    }
}
