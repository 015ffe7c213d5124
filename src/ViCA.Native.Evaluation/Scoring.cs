using ViCA.Native.Generation;

namespace ViCA.Native.Evaluation;

/// <summary>
/// The score of one answer on VSI-Bench, to the bit what the benchmark authors' program gives (vision-x-nyu,
/// thinking-in-space, lmms_eval/tasks/vsibench/utils.py).
/// </summary>
public static class Scoring
{
    /// <summary>
    /// The part of an answer that counts: up to its first space, without dots at the end, then stripped. An answer that
    /// begins with a space counts as empty, and a line break is no end.
    /// </summary>
    public static string Extract(string answer) => PythonText.Strip(answer.Split(' ')[0].TrimEnd('.'));

    /// <summary>
    /// 0 to 1. A choice is right when its letter is the ground truth's, capitals or not; the options are not looked at. A
    /// number scores its mean relative accuracy, and 0 when it or the ground truth is no number. Null where the
    /// reference has no score: the ground truth 0 and a prediction that is a number.
    /// </summary>
    public static double? Score(QuestionType type, string answer, string groundTruth)
    {
        string extracted = Extract(answer);
        if (!type.IsNumeric())
        {
            // Python compares lower case, in which more letters are equal than in .NET's comparison without case.
            string answered = extracted.ToLowerInvariant();
            string expected = groundTruth.ToLowerInvariant();
            return answered == expected ? 1 : 0;
        }

        return PythonNumber.TryParse(extracted, out double prediction)
            && PythonNumber.TryParse(groundTruth, out double target)
                ? MeanRelativeAccuracy.Score(prediction, target)
                : 0;
    }
}
