namespace CallMyWay.LocalHost.Files;

/// <summary>
/// An exclusive lock of the operating system on a file, which ends with the process however that ends.
/// </summary>
internal static class FileLock
{
    /// <summary>Takes it, until the result is disposed. The file is made where it is missing, and stays.</summary>
    /// <returns>Null where another has it.</returns>
    /// <exception cref="UnauthorizedAccessException">The file is another user's.</exception>
    /// <exception cref="IOException">The file can't be opened.</exception>
    public static FileStream? TryTake(string path)
    {
        // Whoever may open it could hold it for ever.
        OwnerOnly.Limit(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        options.BufferSize = 0;
        try
        {
            return OwnerOnly.Open(path, options);
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            return null;
        }
    }

    /// <summary>
    /// True where another has the file. A disk that is read-only or damaged, or too many open files, are the same
    /// exception with another number: on Windows that of its error, elsewhere errno.
    /// </summary>
    private static bool IsHeldByAnother(IOException error)
    {
        const int sharingViolation = unchecked((int)0x80070020);
        const int lockViolation = unchecked((int)0x80070021);
        // EWOULDBLOCK, as flock(2) answers.
        var wouldBlock = OperatingSystem.IsLinux() ? 11 : 35;
        return OperatingSystem.IsWindows()
            ? error.HResult is sharingViolation or lockViolation
            : error.HResult == wouldBlock;
    }
}
