using SynapseFs.Server.Errors;

namespace SynapseFs.Server.World.Messaging;

/// <summary>How messages are listed: the newest first, unless asked otherwise.</summary>
internal readonly record struct MessageOrder(bool BySubject, bool IsDescending)
{
    /// <summary>What follows ORDER BY, over messages as m.</summary>
    public string Words
    {
        get
        {
            var direction = IsDescending ? "DESC" : "ASC";
            return BySubject ? $"m.subject {direction}, m.id {direction}" : $"m.created_on {direction}, m.id {direction}";
        }
    }

    public static MessageOrder Parse(string? orderBy, bool isDescending) => orderBy switch
    {
        null or "SEND_DATE" => new MessageOrder(BySubject: false, isDescending),
        "SUBJECT" => new MessageOrder(BySubject: true, isDescending),
        _ => throw ServiceException.BadRequest($"Unknown orderBy: {orderBy}; expected SEND_DATE or SUBJECT"),
    };
}
