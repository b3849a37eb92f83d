using System.Collections.Frozen;

namespace SynapseFs.Server.Tables.Sql;

/// <summary>
/// Letters with marks and the letter without, in upper case. The program runs without ICU, whose normalization would tell. Made of
/// Unicode's canonical decompositions of Latin, Greek and Cyrillic letters, with the strokes that MySQL's collation ignores too.
/// </summary>
internal static class PlainLetters
{
    private const string Pairs =
        "ÀAÁAÂAÃAÄAÅAÇCÈEÉEÊEËEÌIÍIÎIÏIÑNÒOÓOÔOÕOÖOØOÙUÚUÛUÜUÝYĀAĂAĄAĆCĈCĊCČCĎDĒEĔEĖEĘEĚEĜGĞGĠGĢGĤHĨIĪIĬIĮIİIĴJĶKĹLĻLĽL"
        + "ŁLŃNŅNŇNŌOŎOŐOŔRŖRŘRŚSŜSŞSŠSŢTŤTŨUŪUŬUŮUŰUŲUŴWŶYŸYŹZŻZŽZƠOƯUǍAǏIǑOǓUǕUǗUǙUǛUǞAǠAǢÆǦGǨKǪOǬOǮƷǰJǴGǸNǺAǼÆǾØȀAȂAȄE"
        + "ȆEȈIȊIȌOȎOȐRȒRȔUȖUȘSȚTȞHȦAȨEȪOȬOȮOȰOȲYʹʹ;;΅¨ΆΑ··ΈΕΉΗΊΙΌΟΎΥΏΩΐΙΪΙΫΥΰΥϓϒϔϒЀЕЁЕЃГЇІЌКЍИЎУЙИѶѴӁЖӐАӒАӖЕӚӘӜЖӞЗӢИӤИӦО"
        + "ӪӨӬЭӮУӰУӲУӴЧӸЫḀAḂBḄBḆBḈCḊDḌDḎDḐDḒDḔEḖEḘEḚEḜEḞFḠGḢHḤHḦHḨHḪHḬIḮIḰKḲKḴKḶLḸLḺLḼLḾMṀMṂMṄNṆNṈNṊNṌOṎOṐOṒOṔPṖPṘRṚRṜRṞR"
        + "ṠSṢSṤSṦSṨSṪTṬTṮTṰTṲUṴUṶUṸUṺUṼVṾVẀWẂWẄWẆWẈWẊXẌXẎYẐZẒZẔZẖHẗTẘWẙYẠAẢAẤAẦAẨAẪAẬAẮAẰAẲAẴAẶAẸEẺEẼEẾEỀEỂEỄEỆEỈIỊIỌOỎO"
        + "ỐOỒOỔOỖOỘOỚOỜOỞOỠOỢOỤUỦUỨUỪUỬUỮUỰUỲYỴYỶYỸYἈΑἉΑἊΑἋΑἌΑἍΑἎΑἏΑἘΕἙΕἚΕἛΕἜΕἝΕἨΗἩΗἪΗἫΗἬΗἭΗἮΗἯΗἸΙἹΙἺΙἻΙἼΙἽΙἾΙἿΙὈΟὉΟὊΟὋΟ"
        + "ὌΟὍΟὐΥὒΥὔΥὖΥὙΥὛΥὝΥὟΥὨΩὩΩὪΩὫΩὬΩὭΩὮΩὯΩᾀΑᾁΑᾂΑᾃΑᾄΑᾅΑᾆΑᾇΑᾈΑᾉΑᾊΑᾋΑᾌΑᾍΑᾎΑᾏΑᾐΗᾑΗᾒΗᾓΗᾔΗᾕΗᾖΗᾗΗᾘΗᾙΗᾚΗᾛΗᾜΗᾝΗᾞΗᾟΗᾠΩᾡΩᾢΩᾣΩᾤΩ"
        + "ᾥΩᾦΩᾧΩᾨΩᾩΩᾪΩᾫΩᾬΩᾭΩᾮΩᾯΩᾲΑᾳΑᾴΑᾶΑᾷΑᾸΑᾹΑᾺΑΆΑᾼΑ῁¨ῂΗῃΗῄΗῆΗῇΗῈΕΈΕῊΗΉΗῌΗ῍᾿῎᾿῏᾿ῒΙΐΙῖΙῗΙῘΙῙΙῚΙΊΙ῝῾῞῾῟῾ῢΥΰΥῤΡῦΥῧΥῨΥῩΥῪΥΎΥ"
        + "ῬΡ῭¨΅¨``ῲΩῳΩῴΩῶΩῷΩῸΟΌΟῺΩΏΩῼΩ´´";

    private static readonly FrozenDictionary<char, char> Plain = Make();

    /// <summary>The letter without case and mark; what has neither is itself.</summary>
    public static char Of(char letter)
    {
        if (letter < 0x80)
        {
            return letter is >= 'a' and <= 'z' ? (char)(letter - 32) : letter;
        }

        var upper = char.ToUpperInvariant(letter);
        return Plain.GetValueOrDefault(upper, upper);
    }

    private static FrozenDictionary<char, char> Make()
    {
        var plain = new Dictionary<char, char>();
        for (var i = 0; i < Pairs.Length; i += 2)
        {
            plain[Pairs[i]] = Pairs[i + 1];
        }

        return plain.ToFrozenDictionary();
    }
}
