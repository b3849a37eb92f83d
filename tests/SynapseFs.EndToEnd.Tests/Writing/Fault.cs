using SynapseFs.Server;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>Something that goes wrong between a mount and the server while changes are sent, and passes.</summary>
/// <param name="Name">For people.</param>
/// <param name="Rules">What the server does to requests; each is used up some time.</param>
internal sealed record Fault(string Name, params FaultRule[] Rules)
{
    private const string Entity = "/repo/v1/entity";
    private const string Multipart = "/file/v1/file/multipart";

    public static readonly IReadOnlyList<Fault> All =
    [
        new("answers come late", new FaultRule { Delay = TimeSpan.FromMilliseconds(300), Count = 25 }),
        new("answers trickle", new FaultRule { Target = FaultTarget.Api, BytesPerSecond = 2_000, Count = 8 }),
        new("500", new FaultRule { Target = FaultTarget.Api, Status = 500, Skip = 1, Count = 3 }, Storage(500)),
        new("502", new FaultRule { Target = FaultTarget.Api, Status = 502, Skip = 1, Count = 3 }, Storage(502)),
        new("503", new FaultRule { Target = FaultTarget.Api, Status = 503, Skip = 2, Count = 4 }, Storage(503)),
        new("429", new FaultRule { Target = FaultTarget.Api, Status = 429, Skip = 2, Count = 4 }),
        new("connections are reset before an answer", new FaultRule { ResetAfter = 0, Skip = 3, Count = 5 }),
        new("connections are reset within an answer", new FaultRule { Target = FaultTarget.Api, ResetAfter = 20, Skip = 3, Count = 5 }),
        new("answers are cut short", new FaultRule { Target = FaultTarget.Api, TruncateAfter = 10, Skip = 3, Count = 4 }),
        new("answers are garbled", new FaultRule { Target = FaultTarget.Api, CorruptAt = 0, Skip = 3, Count = 4 }),
        new("addresses have expired", new FaultRule { Target = FaultTarget.Storage, ExpireUrl = true, Count = 4 }),
        new("addresses are handed out expired", new FaultRule { Target = FaultTarget.Api, ExpireUrl = true, Count = 2, Path = Multipart + "/*" }),
        new("the storage stalls", new FaultRule { Target = FaultTarget.Storage, StallAfter = 0, Skip = 1, Count = 1 }),
        new("somebody else touches it just before", new FaultRule { Conflict = true, Method = "PUT", Path = Entity + "/*", Count = 2 }),
        Lost("of a creation", "POST", Entity),
        Lost("of an update", "PUT", Entity + "/*"),
        Lost("of a deletion", "DELETE", Entity + "/*"),
        Lost("of an upload's start", "POST", Multipart),
        Lost("of a part's address", "POST", Multipart + "/*/presigned/url/batch"),
        Lost("of a part", "PUT", "/s3/*"),
        Lost("of a part's addition", "PUT", Multipart + "/*/add/*"),
        Lost("of an upload's end", "PUT", Multipart + "/*/complete"),
    ];

    public override string ToString() => Name;

    private static FaultRule Storage(int status) => new() { Target = FaultTarget.Storage, Status = status, Count = 2 };

    private static Fault Lost(string whose, string method, string path) =>
        new($"the answer is lost {whose}", new FaultRule { LoseAnswer = true, Method = method, Path = path, Count = 1 });
}
