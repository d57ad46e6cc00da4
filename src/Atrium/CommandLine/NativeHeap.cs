using System.Runtime.InteropServices;

namespace Atrium.CommandLine;

/// <summary>
/// The C library's heap, which SQLite, libvips and the compiler at run time share. It makes an arena for every few threads and keeps what they give
/// back: with two, and trimmed, a house needs some tens of megabytes less. Where the C library has no such calls, nothing happens.
/// </summary>
internal static class NativeHeap
{
    // M_ARENA_MAX of malloc.h.
    private const int MostArenas = -8;

    /// <summary>Has two arenas do from now on (mallopt(3)).</summary>
    public static void Bound() => Try(() => SetOption(MostArenas, 2));

    /// <summary>Gives what is free back to the system (malloc_trim(3)).</summary>
    public static void Trim() => Try(() => GiveBack(0));

    private static void Try(Func<int> call)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = call();
        }
        catch (EntryPointNotFoundException)
        {
            // musl's heap has neither arenas nor a trim.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    [DllImport("libc", EntryPoint = "malloc_trim"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GiveBack(nuint keep);
}
