using Atrium.Accounts.Data;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Profiles;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>The fifty others of the demo's co-op, who move in once the house is open.</summary>
internal sealed class DemoCrowd(AccountsDb db, MemberRegistry registry, PasswordBook passwords, FileDesk files) : IDemoData
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
        for (var i = 0; i < People.Length; i++)
        {
            var handle = People[i].Split(' ')[0].ToLowerInvariant();
            var account = registry.Draft(new(handle, $"{handle}@lindenau.example", null, People[i], Role.Member, "Europe/Berlin", "en-GB"), hash);
            // They come with their face: who gets one later has to be told of everywhere.
            account.AvatarFile = await FaceAsync(DemoMembers.Handles.Count + i, null, ct);
            await registry.AddAsync(account, onlyFirst: false, ct);
        }

        var first = await db.Accounts.Where(a => DemoMembers.Handles.Contains(a.Handle)).ToDictionaryAsync(a => a.Handle, a => a.Id, ct);
        for (var i = 0; i < DemoMembers.Handles.Count; i++)
            if (first.TryGetValue(DemoMembers.Handles[i], out var id))
                await Portraits.ChooseAsync(await FaceAsync(i, id, ct), header: false, new() { Kind = ActorKind.Member, MemberId = id, Handle = DemoMembers.Handles[i] }, db, files, ct);
    }

    // Whose it is holds it themselves; of who is not there yet, the house does.
    private async Task<Id<FileRecord>> FaceAsync(int number, Id<Member>? owner, CancellationToken ct)
    {
        using var content = new MemoryStream(DemoFace.Paint(number));
        var file = await files.TakeAsync(content, "face.png", owner, ct);
        return owner is null ? (await files.AttachAsync(file.Id, Audience.Public, null, ct)).Id : file.Id;
    }
}
