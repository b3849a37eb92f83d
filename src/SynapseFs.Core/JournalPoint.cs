namespace SynapseFs.Core;

/// <summary>The moments around which a crash could lose, tear or double something.</summary>
public enum JournalPoint
{
    BeforeBytesSynced,
    AfterBytesSynced,
    BeforeAccepted,
    AfterAccepted,
    AfterAcceptedSynced,
    BeforeSending,
    BytesSent,
    BeforeReferred,
    AfterReferred,
    AfterSettled,
    AfterAdopted,
}
