using Microsoft.Data.Sqlite;

namespace SynapseFs.Server.Errors;

/// <summary>Tells failures for want of space from all others: they are nobody's defect and end when there is room.</summary>
internal static class DiskSpace
{
    private const int SqliteFull = 13;
    private const int NoSpace = 28; // ENOSPC, which .NET hands on as it is
    private const int QuotaReached = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsUsedUp(Exception failure) => failure
        is SqliteException { SqliteErrorCode: SqliteFull }
        or IOException { HResult: NoSpace or QuotaReached or WindowsDiskFull };
}
